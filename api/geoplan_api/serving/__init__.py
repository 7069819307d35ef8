"""How the application runs as processes: started, watched, reloaded and stopped without losing a request."""
