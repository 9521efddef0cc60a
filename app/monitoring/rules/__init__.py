"""Pure knowledge about monitoring: no Flask, no SQL."""
