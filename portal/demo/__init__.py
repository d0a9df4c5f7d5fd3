"""The demo province: real public facts of one bloc, entered through the services that the pages use."""
