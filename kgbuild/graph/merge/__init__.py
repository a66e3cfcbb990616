"""The steps of a merge, each a module; `kgbuild.graph.merging` takes them in their order."""
