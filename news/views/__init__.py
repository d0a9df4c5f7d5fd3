"""Pages of the news: what the public reads, and the desk where it is written."""
