"""Pages and files of the doors for data, open to everybody but for imports."""
