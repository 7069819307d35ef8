"""What a request has to pass before it is answered: bounds, rates, a time limit, and who asks."""
