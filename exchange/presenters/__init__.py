"""What the pages of data in and out show: frozen values built by pure functions."""
