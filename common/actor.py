"""What belongs to the request being answered: the address for the audit log, and a place to remember read-once facts."""

from contextvars import ContextVar

_address = ContextVar("address", default=None)
_memory = ContextVar("memory", default=None)


def begin_request(address):
    """Called by ActorMiddleware; returns what `end_request` needs."""
    return _address.set(address), _memory.set({})


def end_request(tokens):
    address, memory = tokens
    _address.reset(address)
    _memory.reset(memory)


def current_address():
    """The network address of the request being answered; None in a command."""
    return _address.get()


def once_a_request(key, make):
    """`make()`, remembered under `key` until the request ends; outside a request it is made each time."""
    memory = _memory.get()
    if memory is None:
        return make()
    if key not in memory:
        memory[key] = make()
    return memory[key]


def forget_request_memory():
    """After an act that changes who may do what within the same request."""
    memory = _memory.get()
    if memory is not None:
        memory.clear()
