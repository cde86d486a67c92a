"""What makes the web pages of the dataset: `python build.py site`."""
