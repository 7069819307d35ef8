"""Pages to be read: how to use the planner, how it computes, what it promises and what it keeps."""
