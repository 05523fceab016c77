from typing import ClassVar

from django.db import models
from django.db.models import Q

from sauro.onestop.pauses import Policy, Reason
from sauro.onestop.postal import Way
from sauro.onestop.rules import Channel, Consent, ReturnBy


class Dossier(models.Model):
    """What a person filed for one procedure (hồ sơ); the work on it is the case.

    The applicant's details are kept as they were given: a later change of the person does not
    change what was filed. form: the version that asked the questions, null for one made from the
    procedure's papers; said: their answers, as its schema has them. limit_*: the term as
    published for this version and channel. route: the explanation of which office handles it.
    proposal and draft: what the appraiser puts before the signer.
    """

    case = models.OneToOneField("cases.Case", primary_key=True, on_delete=models.PROTECT)
    version = models.ForeignKey("procedures.ProcedureVersion", on_delete=models.PROTECT)
    channel = models.CharField(max_length=16)
    name = models.CharField(max_length=200)
    pid = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.TextField(blank=True)
    folded = models.TextField()
    component_case = models.CharField(max_length=500, blank=True)
    answers = models.JSONField(default=dict)
    form = models.ForeignKey(
        "forms.FormVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    said = models.JSONField(default=dict)
    copies = models.IntegerField(default=1)
    return_by = models.CharField(max_length=16, default=ReturnBy.CENTRE)
    fee = models.BigIntegerField(default=0)
    fee_note = models.TextField(blank=True)
    limit_value = models.IntegerField()
    limit_unit = models.CharField(max_length=16)
    limit_source = models.TextField()
    limit_published = models.BooleanField(default=True)
    route = models.JSONField(default=dict)
    proposal = models.CharField(max_length=16, blank=True)
    draft = models.TextField(blank=True)
    withdrawal_asked_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)
    is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="dossier_channel_is_known",
                condition=Q(channel__in=[c.value for c in Channel]),
            ),
            models.CheckConstraint(name="dossier_fee_is_not_negative", condition=Q(fee__gte=0)),
            models.CheckConstraint(
                name="dossier_limit_is_positive", condition=Q(limit_value__gte=1)
            ),
        ]
        indexes: ClassVar = [models.Index(name="dossier_by_version", fields=["version"])]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Attachment(models.Model):
    """A file in a dossier (giấy tờ kèm theo), under the component it is for."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT)
    component = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="attachment_is_in_a_component_once",
                fields=["dossier", "component", "file"],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class Assistance(models.Model):
    """That an official filled a filing in for the applicant (khai hộ), who agreed to it.

    Such a dossier is one of the counter, whatever it was typed into: never one filed online.
    """

    dossier = models.OneToOneField(Dossier, primary_key=True, on_delete=models.PROTECT)
    official = models.ForeignKey("offices.Official", on_delete=models.PROTECT)
    consent = models.CharField(max_length=16)
    assisted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="assistance_has_consent",
                condition=Q(consent__in=[c.value for c in Consent]),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.consent}"


class Parcel(models.Model):
    """What the public postal service carried for a dossier (bưu gửi).

    handed_at: when the record of the hand-over was signed, which for papers is the legal time of
    filing. cod: what the postman collects. delivered_at: when the person had the result in hand.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT)
    way = models.CharField(max_length=3)
    number = models.CharField(max_length=13)
    handed_at = models.DateTimeField()
    postman = models.CharField(max_length=100, blank=True)
    cod = models.BigIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="parcel_goes_one_way_once", fields=["number", "way"]),
            models.UniqueConstraint(
                name="dossier_has_one_parcel_each_way", fields=["dossier", "way"]
            ),
            models.CheckConstraint(
                name="parcel_way_is_known", condition=Q(way__in=[w.value for w in Way])
            ),
            models.CheckConstraint(name="parcel_cod_is_not_negative", condition=Q(cod__gte=0)),
            models.CheckConstraint(
                name="parcel_arrives_after_it_left",
                condition=Q(delivered_at__isnull=True)
                | Q(delivered_at__gte=models.F("handed_at"), way=Way.OUT),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class CertifiedCopy(models.Model):
    """A line of the register of certifications (sổ chứng thực bản sao), running by year."""

    dossier = models.OneToOneField(Dossier, primary_key=True, on_delete=models.PROTECT)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT)
    day = models.DateField()
    number = models.IntegerField()
    document = models.CharField(max_length=200)
    pages = models.IntegerField()
    copies = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="certified_copy_counts_pages_and_copies",
                condition=Q(pages__gte=1, copies__gte=1, number__gte=1),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="certified_copy_by_day", fields=["office", "day", "number"])
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class SupplementRequest(models.Model):
    """What was asked of the applicant, all at once (phiếu yêu cầu bổ sung, Mẫu 02)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT)
    number = models.IntegerField()
    items = models.JSONField()
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    due_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="supplement_request_has_its_number", fields=["dossier", "number"]
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Pause(models.Model):
    """Legal time that stands still (tạm dừng thời hạn): why, since when, and how it goes on.

    policy: whether the term starts anew or goes on afterwards, as decided when it stopped.
    minutes: the working minutes that it stood, once it goes on. expected_on: the day on which it
    should end, where it stands still by an official's word; null where a step of the process waits.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT)
    reason = models.CharField(max_length=16)
    policy = models.CharField(max_length=16)
    source = models.TextField()
    note = models.TextField(blank=True)
    since = models.DateTimeField()
    expected_on = models.DateField(null=True)
    until = models.DateTimeField(null=True)
    minutes = models.IntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="pause_is_one_at_a_time",
                fields=["dossier"],
                condition=Q(until__isnull=True),
            ),
            models.CheckConstraint(
                name="pause_reason_is_known", condition=Q(reason__in=[r.value for r in Reason])
            ),
            models.CheckConstraint(
                name="pause_policy_is_known", condition=Q(policy__in=[p.value for p in Policy])
            ),
            models.CheckConstraint(
                name="pause_ends_after_it_begins",
                condition=Q(until__isnull=True, minutes__isnull=True)
                | Q(until__gte=models.F("since"), minutes__gte=0),
            ),
        ]
        indexes: ClassVar = [models.Index(name="pause_of_dossier", fields=["dossier", "since"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reason}"


class Apology(models.Model):
    """The apology and the one new promise (văn bản xin lỗi, Mẫu 04): at most one a dossier."""

    dossier = models.OneToOneField(Dossier, primary_key=True, on_delete=models.PROTECT)
    reason = models.TextField()
    promised_before = models.DateTimeField()
    promised_after = models.DateTimeField()
    signed_at = models.DateTimeField()
    signed_by = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Rating(models.Model):
    """What the person thought of how they were served (đánh giá), 1 to 5; once a dossier."""

    dossier = models.OneToOneField(Dossier, primary_key=True, on_delete=models.PROTECT)
    score = models.IntegerField()
    comment = models.TextField(blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="rating_is_one_to_five",
                condition=Q(score__gte=1) & Q(score__lte=5),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.score}"


class Plan(models.Model):
    """Several filings that one event of life asks for (kế hoạch), answered and sent as one.

    event: the life event, as the portal names it. sent_at: when the person sent it as a whole.
    """

    key = models.UUIDField(unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    event = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="plan_of_person", fields=["person", "-started_at"])]

    def __str__(self) -> str:
        return f"#{self.pk} {self.event}"


class Draft(models.Model):
    """A filing that is not sent yet (bản nháp); once sent it names its case, for ever.

    key: what its address is made of; person: whose it is. Nobody else may open it. form: stays
    the version it was begun with, whatever is published since; said: the answers to its questions.
    after: the filing of the same plan whose result it waits for; agreed_at: when the person said
    that it goes by itself as soon as that result is there.
    """

    key = models.UUIDField(unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    version = models.ForeignKey("procedures.ProcedureVersion", on_delete=models.PROTECT)
    component_case = models.CharField(max_length=500, blank=True)
    centre = models.ForeignKey(
        "offices.Office", null=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.ForeignKey("places.Place", null=True, on_delete=models.PROTECT)
    answers = models.JSONField(default=dict)
    form = models.ForeignKey(
        "forms.FormVersion", null=True, on_delete=models.PROTECT, related_name="+"
    )
    said = models.JSONField(default=dict)
    revision = models.IntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    case = models.OneToOneField("cases.Case", null=True, on_delete=models.PROTECT)
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT)
    after = models.ForeignKey("self", null=True, on_delete=models.SET_NULL)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="draft_waits_within_a_plan",
                condition=Q(plan__isnull=False) | Q(after__isnull=True, agreed_at__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="draft_of_person", fields=["person", "-saved_at"]),
            models.Index(
                name="draft_that_waits",
                fields=["after"],
                condition=Q(agreed_at__isnull=False, case__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class DraftFile(models.Model):
    """A file uploaded to a draft, under the component it is for."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT)
    component = models.CharField(max_length=64)
    name = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="draft_file_is_in_a_component_once",
                fields=["draft", "component", "file"],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
