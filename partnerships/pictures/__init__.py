"""Drawings: where shapes and words lie, and files of them. What is drawn is counted and worded by presenters."""
