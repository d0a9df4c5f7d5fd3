"""Signing in and changing one's own password, in our words."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm, LoginForm
from django import forms

from common.forms import form_helper


class SignInForm(LoginForm):
    """Name of the account and password; nothing is remembered beyond the session."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Tên đăng nhập"
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}
        self.fields["login"].error_messages["required"] = "Hãy nhập tên đăng nhập."
        self.fields["password"].label = "Mật khẩu"
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Hãy nhập mật khẩu."
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.helper = form_helper()


class PasswordChangeForm(ChangePasswordForm):
    """Mật khẩu mới; also what the first sign-in asks for (`must_change_password`)."""

    field_order = ("oldpassword", "password1", "password2")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = {
            "oldpassword": ("Mật khẩu hiện tại", "Hãy nhập mật khẩu hiện tại."),
            "password1": ("Mật khẩu mới", "Hãy nhập mật khẩu mới."),
            "password2": ("Nhập lại mật khẩu mới", "Hãy nhập lại mật khẩu mới."),
        }
        for name, (label, missing) in words.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = missing
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["oldpassword"].help_text = ""
        self.helper = form_helper()

    def clean(self):
        # Not the parent's: its sentence is in English.
        cleaned = forms.Form.clean(self) or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "Hai lần nhập mật khẩu mới không giống nhau.")
        if first and first == cleaned.get("oldpassword"):
            self.add_error("password1", get_adapter().validation_error("same_as_current"))
        return cleaned

    def save(self):
        """Set the password and end the order to change it."""
        # Set before the parent saves the user, so that both are written at once.
        self.user.must_change_password = False
        super().save()
        self.user.save(update_fields=["must_change_password"])
