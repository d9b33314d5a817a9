"""The rules of the business; knows neither HTTP nor SQL."""
