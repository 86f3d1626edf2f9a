"""How fast a lesson is analysed on one core: a made clip of twenty seats, the product's pipeline, a plain loop."""
