"""The forms a dossier is handed over in."""
