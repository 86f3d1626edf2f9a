"""The safety plan of a pupil in six steps, and the support plan of a case with its measures."""
