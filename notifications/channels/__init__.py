"""The ways out of the installation. Each module has `send(…)`, which returns when the message is taken, else raises
`NotSentError`. None of them is given anything of an alert but how urgent it is."""
