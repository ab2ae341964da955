"""Every public page in every state, before outside judges (`make judge`): the Nu checker and axe, in a real browser."""
