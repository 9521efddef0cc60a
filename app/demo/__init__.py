"""The demo: a believable fortnight for people who try Tanggap, and any volume for those who measure it."""
