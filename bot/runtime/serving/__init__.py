"""How a running assistant is looked after from outside: health, metrics, stopping."""
