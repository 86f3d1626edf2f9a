"""Why a video or a run was refused. Codes are stable; each has one sentence that says what to do."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from analytics.rules.cameras import TROUBLES

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class RefusedError(Exception):
    """Something was refused for the reason `code`; `str()` of `text` is for the person."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def text(self) -> "StrPromise":
        return text_of(self.code)


TEXTS: "dict[str, StrPromise]" = {
    "empty_file": _("The file is empty. Choose another one."),
    "not_a_video": _("This is not a video. Choose a file in MP4, MOV, MKV, AVI or WebM format."),
    "truncated": _("The file breaks off before its picture begins. Copy it from the camera again."),
    "encrypted": _("The video is encrypted and cannot be read. Export it without encryption."),
    "no_video_stream": _("The file holds sound only. Choose a file with a picture."),
    "unsupported_codec": _("The picture is in a format that cannot be read. Export it as H.264."),
    "too_long": _("The video is longer than a lesson can be. Cut it to the lesson."),
    "frame_too_large": _("The picture is larger than can be analysed. Export it with at most 4096 by 2304 points."),
    "undecodable": _("No picture could be read from the video. Copy it from the camera again."),
    "decoder_crashed": _("The video is damaged: reading it had to be stopped. Copy it from the camera again."),
    "decoder_stalled": _("Reading the video took too long and was stopped. Copy it from the camera again."),
    "too_large": _("The file is larger than 4 GB. Cut it to the lesson."),
    "no_space": _("There is not enough free space on the server. Tell the administrator; nothing was lost."),
    "plan_does_not_fit": _("The video has another shape than the seat plan. Draw the plan on a still of this camera."),
    "camera_moved": _(
        "The camera seems to have moved: the video does not show the room as the seat plan does, and a seat could have "
        "shown another pupil. Draw a new plan on a still of this camera."
    ),
    "switched_off": _("Mood analysis is switched off for this school."),
    "no_model_card": _("The model has no card, so it may not be used."),
    "model_missing": _("A model file is missing. Tell the administrator."),
    "model_changed": _("A model file is not the one named on its card. Tell the administrator."),
    "time_unknown": _("The file does not say when it was recorded. Type in the time."),
    "time_contradicts": _(
        "The recording time cannot be brought together with the lesson. Choose the lesson that was recorded."
    ),
    "time_ahead": _("By its recording time this video is not over yet. Check the clock of the camera."),
    "too_old": _(
        "This video was recorded 30 days ago or earlier. What an analysis sees is kept for 30 days only. "
        "Choose a later lesson."
    ),
    "wrong_day": _("There is no such lesson on that day."),
    "not_confirmed": _("The teacher has not confirmed who sat where in this lesson. Without it every seat is masked."),
    "which_camera": _("The teacher confirmed the seats of several cameras. Choose the one that made this video."),
    "no_open_seat": _("No seat of this lesson is open, so there is nothing to analyse."),
    "already_analysed": _("This lesson is analysed already, or its analysis is under way."),
    "upload_not_ready": _("This video is not ready: it was removed, or is being used already."),
    "lost": _("The analysis was lost three times and set aside. The lead psychologist has been told."),
    "file_gone": _("The video is no longer on the server. Upload it again."),
    "stopped": _("Mood analysis was switched off while the lesson was being analysed."),
    "name_without_time": _(
        "Neither the file nor its name says when it was recorded. Set the recorder to name its files by date and time."
    ),
    "name_contradicts": _("The file and its name tell different times of recording. Check the clock of the recorder."),
    "no_lesson": _("By its time of recording it shows no lesson of the timetable, so it was not kept."),
    "no_recordings": _(
        "This installation looks into no folder of recordings. Ask the system administrator to name it."
    ),
    "bad_folder": _("Enter the name of a folder, without any slash: letters, digits, spaces, points and hyphens."),
    "folder_taken": _("Another camera takes its files from this folder."),
    "bad_camera_address": TROUBLES["bad_camera_address"],
    "camera_elsewhere": TROUBLES["camera_elsewhere"],
    "internal": _("Something went wrong on the server. Try again, and tell the administrator if it happens twice."),
    "jurisdiction": _(
        "Where the EU AI Act applies, its article 5(1)(f) forbids reading emotions in education, consent or not."
    ),
    "wrong_sum": _(
        "The content is not the pinned one: another file, one that broke off on the way, or one that was tampered with."
    ),
    "model_too_large": _("The file is larger than any model that could be used here."),
    "not_a_model": _("This is no whole ONNX file."),
    "model_asks_for_more": _("The model wants other files or operators of its own. Such models are not taken."),
    "model_of_another_kind": _("The model takes or gives something else than its layout says."),
    "model_fails_trial": _("The model cannot be run within its bounds."),
    "source_not_secure": _("Files are fetched from https addresses alone, and so must be where they lead to."),
    "source_unreachable": _("The file cannot be read from there."),
    "source_too_slow": _("Fetching the file took too long and was stopped."),
    "pack_incomplete": _("A pack is one face detector and one expression network. Name both."),
    "pack_in_use": _(
        "This pack analyses, or gives a second opinion, or an analysis waits for it. Choose another one first."
    ),
    "pack_builtin": _("This pack comes with the product and is not removed."),
    "bad_sha256": _("A sha256 is 64 digits and letters from a to f."),
    "pin_contradicts": _("The catalogue has another sha256 for this file."),
    "needs_sha256": _("No sha256 is known for this file. Give the one its makers publish, with --sha256."),
    "needs_layout": _("Say with --layout how the model is read. The catalogue lists the layouts."),
    "no_address": _("Nobody offers this file at a known address. Give it as NAME=FILE or NAME=ADDRESS."),
    "second_is_same": _("A second opinion must come from another model."),
    "card_incomplete": _("The card does not say all it must before its model may be used."),
    "review_overdue": _("The review of this card is overdue. Review it, and set the next day of review."),
    "no_ground": _("Say on which legal basis and on which day the impact was assessed."),
    "assessment_in_future": _("The impact assessment cannot lie in the future."),
}


def text_of(code: str) -> "StrPromise":
    """The sentence of a code; that of an error on the server for one that has none."""
    return TEXTS.get(code, TEXTS["internal"])


REJECTIONS: "dict[str, StrPromise]" = {
    "frozen": _("the picture stood still"),
    "covered": _("covered by closed seats around it"),
    "no_face": _("no face seen"),
    "more_than_one_face": _("more than one face in the seat"),
    "low_score": _("face not clear enough"),
    "cut_by_edge": _("face cut by the seat's edge"),
    "in_two_seats": _("face between two seats"),
    "too_small": _("face too small"),
    "wrong_size": _("face of another size than this seat's"),
    "turned_away": _("turned away"),
    "blurred": _("not sharp enough"),
}


def rejection_text(reason: str) -> str:
    """Why frames were not used; the code itself for a reason without a text."""
    return str(REJECTIONS.get(reason, reason))
