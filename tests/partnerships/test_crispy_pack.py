"""The crispy template pack "govuk": exact markup of each control, and what ties labels, hints and errors to it."""

import pytest
from crispy_forms.bootstrap import Accordion, AccordionGroup, StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Div, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from django.test.html import parse_html


class SampleForm(forms.Form):
    """One field for each kind of control."""

    title = forms.CharField(
        label="Title", help_text="As it is known.", error_messages={"required": "Say what it is called"}
    )
    area = forms.ChoiceField(label="Area", choices=[("", "Choose"), ("07", "Health")], required=False)
    story = forms.CharField(
        label="Story", widget=forms.Textarea(attrs={"rows": 3, "class": "govuk-!-width-one-half"}), required=False
    )
    design = forms.ChoiceField(
        label="Who designs?",
        help_text="Who decides what it is.",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        choices=[("public", "Public sector"), ("shared", "Both")],
        error_messages={"required": "Say who designs it"},
    )
    kinds = forms.MultipleChoiceField(
        label="Who takes part?",
        widget=forms.CheckboxSelectMultiple,
        choices=[("public", "Public bodies"), ("citizens", "Citizens")],
        error_messages={"required": "Tick who takes part"},
    )
    names = forms.CharField(label="Names", required=False, max_length=5)
    agreed = forms.BooleanField(label="I agree", error_messages={"required": "Tick to agree"})
    picture = forms.FileField(label="Picture", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=3)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.fields["design"].widget.hints = {"public": "It alone."}
        self.fields["kinds"].widget.reveals = {"public": "names"}

    def clean(self) -> dict[str, object]:
        if self.data.get("title") == "bad":
            raise forms.ValidationError("These answers do not go together")
        return super().clean()


def one(form: forms.Form, name: str) -> str:
    """A single field as the pack renders it."""
    template = Template("{% load crispy_forms_filters %}{{ field|as_crispy_field }}")
    return template.render(Context({"field": form[name]}))


def whole(form: forms.Form) -> str:
    """A form by the filter, without a layout."""
    return Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(Context({"form": form}))


def summary(*several: forms.BaseForm) -> str:
    """The summary of errors of one form, or of a form and a formset."""
    template = Template('{% include "partials/error_summary.html" %}')
    return template.render(Context(dict(zip(("form", "formset"), several, strict=False))))


def same(html: str, expected: str) -> None:
    """Compare as HTML, so that white space and the order of attributes do not matter."""
    assert parse_html(html) == parse_html(expected)


def test_text_with_a_hint() -> None:
    same(
        one(SampleForm(), "title"),
        """<div class="govuk-form-group" id="div_id_title">
             <label class="govuk-label govuk-label--s" for="id_title">Title</label>
             <div class="govuk-hint" id="id_title_helptext">As it is known.</div>
             <input type="text" name="title" class="govuk-input" required id="id_title"
                    aria-describedby="id_title_helptext">
           </div>""",
    )


def test_text_with_an_error_is_described_by_hint_and_error() -> None:
    same(
        one(SampleForm({}), "title"),
        """<div class="govuk-form-group govuk-form-group--error" id="div_id_title">
             <label class="govuk-label govuk-label--s" for="id_title">Title</label>
             <div class="govuk-hint" id="id_title_helptext">As it is known.</div>
             <div class="govuk-error-message" id="id_title_error">
               <p><span class="govuk-visually-hidden">Error:</span> Say what it is called</p>
             </div>
             <input type="text" name="title" class="govuk-input govuk-input--error" required aria-invalid="true"
                    aria-describedby="id_title_helptext id_title_error" id="id_title">
           </div>""",
    )


def test_select_says_that_it_is_optional() -> None:
    same(
        one(SampleForm(), "area"),
        """<div class="govuk-form-group" id="div_id_area">
             <label class="govuk-label govuk-label--s" for="id_area">Area (optional)</label>
             <select name="area" class="govuk-select" id="id_area">
               <option value="" selected>Choose</option><option value="07">Health</option>
             </select>
           </div>""",
    )


def test_a_form_may_leave_out_the_mark_of_optional_fields() -> None:
    form = SampleForm()
    form.mark_optional = False

    assert "(optional)" not in whole(form)


def test_textarea_keeps_the_classes_of_its_widget() -> None:
    same(
        one(SampleForm(), "story"),
        """<div class="govuk-form-group" id="div_id_story">
             <label class="govuk-label govuk-label--s" for="id_story">Story (optional)</label>
             <textarea name="story" cols="40" rows="3" class="govuk-textarea govuk-!-width-one-half"
                       id="id_story"></textarea>
           </div>""",
    )


def test_radios_are_a_group_with_a_line_of_help_for_a_choice() -> None:
    same(
        one(SampleForm({"design": "public"}), "design"),
        """<div class="govuk-form-group" id="div_id_design">
             <fieldset class="govuk-fieldset" aria-describedby="id_design_helptext">
               <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Who designs?</legend>
               <div class="govuk-hint" id="id_design_helptext">Who decides what it is.</div>
               <div class="govuk-radios govuk-radios--small">
                 <div class="govuk-radios__item">
                   <input type="radio" class="govuk-radios__input" name="design" value="public" required
                          aria-describedby="id_design_0_hint" id="id_design_0" checked>
                   <label class="govuk-label govuk-radios__label" for="id_design_0">Public sector</label>
                   <div class="govuk-hint govuk-radios__hint" id="id_design_0_hint">It alone.</div>
                 </div>
                 <div class="govuk-radios__item">
                   <input type="radio" class="govuk-radios__input" name="design" value="shared" required
                          id="id_design_1">
                   <label class="govuk-label govuk-radios__label" for="id_design_1">Both</label>
                 </div>
               </div>
             </fieldset>
           </div>""",
    )


def test_an_error_describes_the_group_not_each_radio() -> None:
    html = one(SampleForm({}), "design")

    assert '<fieldset class="govuk-fieldset" aria-describedby="id_design_helptext id_design_error">' in html
    assert 'id="id_design_error"' in html
    assert html.count("id_design_error") == 2


def test_a_box_reveals_the_field_that_belongs_to_it() -> None:
    same(
        one(SampleForm({"kinds": ["public"], "names": "a"}), "kinds"),
        """<div class="govuk-form-group" id="div_id_kinds">
             <fieldset class="govuk-fieldset">
               <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Who takes part?</legend>
               <div class="govuk-checkboxes">
                 <div class="govuk-checkboxes__item">
                   <input type="checkbox" class="govuk-checkboxes__input" name="kinds" value="public" id="id_kinds_0"
                          data-reveals="id_kinds_0_reveal" checked>
                   <label class="govuk-label govuk-checkboxes__label" for="id_kinds_0">Public bodies</label>
                 </div>
                 <div class="reveal" id="id_kinds_0_reveal">
                   <div class="govuk-form-group" id="div_id_names">
                     <label class="govuk-label govuk-label--s" for="id_names">Names (optional)</label>
                     <input type="text" name="names" value="a" maxlength="5" class="govuk-input" id="id_names">
                   </div>
                 </div>
                 <div class="govuk-checkboxes__item">
                   <input type="checkbox" class="govuk-checkboxes__input" name="kinds" value="citizens" id="id_kinds_1">
                   <label class="govuk-label govuk-checkboxes__label" for="id_kinds_1">Citizens</label>
                 </div>
               </div>
             </fieldset>
           </div>""",
    )


def test_a_revealed_field_is_rendered_once() -> None:
    assert whole(SampleForm()).count('id="id_names"') == 1


def test_a_single_box() -> None:
    same(
        one(SampleForm({}), "agreed"),
        """<div class="govuk-form-group govuk-form-group--error" id="div_id_agreed">
             <div class="govuk-error-message" id="id_agreed_error">
               <p><span class="govuk-visually-hidden">Error:</span> Tick to agree</p>
             </div>
             <div class="govuk-checkboxes">
               <div class="govuk-checkboxes__item">
                 <input type="checkbox" name="agreed" class="govuk-checkboxes__input" required aria-invalid="true"
                        aria-describedby="id_agreed_error" id="id_agreed">
                 <label class="govuk-label govuk-checkboxes__label" for="id_agreed">I agree</label>
               </div>
             </div>
           </div>""",
    )


def test_file_and_hidden() -> None:
    form = SampleForm()

    assert '<input type="file" name="picture" class="govuk-file-upload" id="id_picture">' in one(form, "picture")
    same(one(form, "key"), '<input type="hidden" name="key" id="id_key">')


def test_the_tag_renders_form_csrf_layout_and_buttons() -> None:
    form = SampleForm()
    form.helper = FormHelper()
    form.helper.form_action = "/somewhere/"
    form.helper.layout = Layout(
        Fieldset("About {{ what }}", "title", css_class="first"),
        Div("area", css_id="where", css_class="question"),
        ButtonHolder(
            Submit("go", "Go on"),
            Submit("keep", "Keep", css_class="govuk-button--secondary"),
            StrictButton("Stop"),
            HTML("or"),
        ),
    )

    html = render_crispy_form(form, form.helper, {"csrf_token": "token", "what": "it"})

    # One tag, whatever the order of its attributes; the browser's own checks are off.
    start = html[html.index("<form") : html.index(">", html.index("<form")) + 1]
    same(start + "</form>", '<form action="/somewhere/" method="post" enctype="multipart/form-data" novalidate></form>')
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="token">' in html
    assert '<fieldset class="govuk-fieldset form-section first">' in html
    assert '<legend class="govuk-fieldset__legend govuk-fieldset__legend--m">About it</legend>' in html
    assert '<div id="where" class="question">' in html
    assert '<button type="submit" class="govuk-button" name="go" value="Go on" id="submit-id-go">Go on</button>' in html
    assert 'class="govuk-button govuk-button--secondary"' in html
    assert "id_story" not in html


def test_a_helper_may_leave_the_form_tag_to_the_page() -> None:
    form = SampleForm()
    form.helper = FormHelper()
    form.helper.form_tag = False
    form.helper.disable_csrf = True

    html = render_crispy_form(form, form.helper, {"csrf_token": "token"})

    assert "<form" not in html
    assert "csrfmiddlewaretoken" not in html
    assert 'id="id_title"' in html


@pytest.mark.parametrize(("data", "is_open"), [(None, False), ({}, True)])
def test_a_folded_part_stands_open_where_it_holds_an_error(data: dict[str, str] | None, is_open: bool) -> None:
    form = SampleForm(data)
    form.helper = FormHelper()
    form.helper.layout = Layout(
        Accordion(AccordionGroup("More", "area", active=False), AccordionGroup("Last", "title", active=False))
    )

    html = render_crispy_form(form, form.helper, {})

    assert '<details class="folded" id="more">' in html
    assert ('<details class="folded" id="last" open>' in html) is is_open
    # Crispy draws an id for the holder by lot; the page must be the same each time.
    assert "accordion-" not in html


def test_the_summary_links_to_each_control_and_to_the_first_of_a_group() -> None:
    same(
        summary(SampleForm({"title": "bad", "kinds": ["public"], "names": "too long", "agreed": "on"})),
        """<div class="govuk-error-summary" data-module="error-summary" tabindex="-1">
             <div role="alert">
               <h2 class="govuk-error-summary__title">There is a problem</h2>
               <div class="govuk-error-summary__body">
                 <ul class="govuk-list govuk-error-summary__list">
                   <li><a href="#id_title">These answers do not go together</a></li>
                   <li><a href="#id_design_0">Say who designs it</a></li>
                   <li><a href="#id_names">Ensure this value has at most 5 characters (it has 8).</a></li>
                 </ul>
               </div>
             </div>
           </div>""",
    )


def test_each_link_of_the_summary_leads_to_a_control_on_the_page() -> None:
    form = SampleForm({"key": "too long"})
    page, links = whole(form), summary(form)

    targets = [part.split('"')[0] for part in links.split('href="#')[1:]]

    assert len(targets) == sum(len(field.errors) for field in form)
    assert all(f'id="{target}"' in page for target in targets)
    assert "id_key" not in targets


@pytest.mark.parametrize(
    "form", [SampleForm(), SampleForm({"title": "a", "design": "public", "kinds": ["public"], "agreed": "on"})]
)
def test_no_errors_no_summary(form: forms.Form) -> None:
    assert summary(form).strip() == ""


def test_no_form_no_summary() -> None:
    assert summary().strip() == ""


class PhaseForm(forms.Form):
    """A row of a formset."""

    name = forms.CharField(error_messages={"required": "Name the phase"})


class BasePhases(forms.BaseFormSet):
    """A formset with a rule of its own."""

    def clean(self) -> None:
        raise forms.ValidationError("Two phases overlap")


def test_a_formset_has_its_rows_management_and_errors() -> None:
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-name": "a", "form-1-name": ""}
    formset = forms.formset_factory(PhaseForm, formset=BasePhases, extra=0)(data)

    html = Template("{% load crispy_forms_tags %}{% crispy formset helper %}").render(
        Context({"formset": formset, "helper": FormHelper()})
    )
    errors = summary(SampleForm(), formset)

    assert 'name="form-TOTAL_FORMS"' in html
    assert 'id="id_form-1-name"' in html
    assert '<a href="#id_form-0-name">Two phases overlap</a>' in errors
    assert '<a href="#id_form-1-name">Name the phase</a>' in errors


def test_what_people_type_is_escaped_everywhere() -> None:
    form = SampleForm({"title": "<script>x</script>", "design": "<b>"})

    html = whole(form) + summary(form)

    assert "<script>x" not in html
    assert "<b>" not in html
