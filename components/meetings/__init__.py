"""The meeting page: minutes as they stand, figures on the agenda, actions, proposals and the evaluation."""
