"""Where orders and customers are kept."""
