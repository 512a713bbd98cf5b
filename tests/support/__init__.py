"""What tests share that is no test: outside systems as processes, tools of other makers."""
