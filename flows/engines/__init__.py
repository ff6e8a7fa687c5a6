"""Where batches are worked on outside this process: each engine loses no more than the batch whose worker it loses."""
