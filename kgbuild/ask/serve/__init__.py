"""The graph in the browser and by the SPARQL 1.1 Protocol, for whoever sits at this machine."""
