"""What a verb raises when it cannot do what was asked."""


class Refused(Exception):
    """Nothing was done; `errors` says per form field, in Indonesian, what to do about it."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors
