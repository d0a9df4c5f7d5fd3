"""What a service may raise. Each carries a Vietnamese sentence and the record it is about; callers branch on the class."""


class DomainError(Exception):
    """A rule of the work says no. `status` is the HTTP status of the page that tells the user."""

    status = 409

    def __init__(self, message, *, subject=None):
        super().__init__(message)
        self.message = message
        self.subject = subject


class NotReady(DomainError):
    """The record lacks something; `missing` is the list that the page shows beside the button as well."""

    status = 422

    def __init__(self, missing, *, subject=None):
        self.missing = list(missing)
        super().__init__("Chưa thực hiện được, còn thiếu: " + "; ".join(self.missing) + ".", subject=subject)


class IllegalStep(DomainError):
    """From its present state the record cannot go there."""

    def __init__(self, record, target, message=""):
        self.target = target
        # What is read from the database is a plain text, so the words come from the target.
        words = f"Không thể chuyển từ “{record.get_state_display()}” sang “{getattr(target, 'label', target)}”."
        super().__init__(message or words, subject=record)


class StaleState(DomainError):
    """Somebody else was quicker; the message says who changed what and when."""
