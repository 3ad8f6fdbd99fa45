"""Which deals hold, for whom, how sure, and what it hinges on; each figure traced to its source."""
