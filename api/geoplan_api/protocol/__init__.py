"""What every resource owes HTTP: forms, tags, caching, compression, pages, other origins, an end of life."""
