"""The pages on which a plan is read and carried on, section by section, by plain forms."""
