"""The version of the dataset and of the code, which are released together, and the day of the release."""

VERSION = "0.2.0"
RELEASED = "2026-11-24"
