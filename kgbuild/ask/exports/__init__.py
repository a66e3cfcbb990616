"""The graph as other tools read it: one module a family of formats; `kgbuild.ask.export` lists them all."""
