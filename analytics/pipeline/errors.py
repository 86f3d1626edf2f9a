"""What can go wrong with a video or a model. `code` is stable: pages translate it, tests and rows compare it."""

# ruff: noqa: N818 # each name says what happened

from typing import ClassVar


class PipelineError(Exception):
    """Base of everything this package raises on purpose; `detail` is for the log, never for the page."""

    code: ClassVar[str] = "pipeline_error"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.code)
        self.detail = detail


class VideoError(PipelineError):
    """The file cannot be analysed; the fault lies in the file or in reading it."""

    code = "video_error"


class EmptyFile(VideoError):
    code = "empty_file"


class NotAVideo(VideoError):
    """The content is none of MP4, MOV, MKV, WebM, AVI, whatever its name says."""

    code = "not_a_video"


class Truncated(VideoError):
    """The container begins like a video but its index or its first packets are missing."""

    code = "truncated"


class Encrypted(VideoError):
    code = "encrypted"


class NoVideoStream(VideoError):
    code = "no_video_stream"


class UnsupportedCodec(VideoError):
    code = "unsupported_codec"


class TooLong(VideoError):
    code = "too_long"


class FrameTooLarge(VideoError):
    code = "frame_too_large"


class Undecodable(VideoError):
    """Packets were found but not one frame came out of them."""

    code = "undecodable"


class DecoderCrashed(VideoError):
    """The decoding process ended without saying goodbye: killed, out of memory or a fault in the codec."""

    code = "decoder_crashed"


class DecoderStalled(VideoError):
    """The decoding process said nothing for too long or used up its processor time."""

    code = "decoder_stalled"


class CameraError(PipelineError):
    """The camera cannot be watched at this moment."""

    code = "camera_error"


class BadCameraAddress(CameraError):
    code = "bad_camera_address"


class CameraElsewhere(CameraError):
    """Its address lies outside of the ranges that the installation allows."""

    code = "camera_elsewhere"


class CameraUnreachable(CameraError):
    code = "camera_unreachable"


class CameraRefuses(CameraError):
    """It wants another name or password, or knows no such stream."""

    code = "camera_refuses"


class CameraRedirects(CameraError):
    """It sends us to another address, which is never followed."""

    code = "camera_redirects"


class CameraSpeaksOddly(CameraError):
    code = "camera_speaks_oddly"


class CameraSilent(CameraError):
    """It answers nothing, or plays and sends no picture."""

    code = "camera_silent"


class CameraGone(CameraError):
    """The connection ended."""

    code = "camera_gone"


class PictureError(PipelineError):
    """The file cannot be read as a picture."""

    code = "picture_error"


class NotAPicture(PictureError):
    code = "not_a_picture"


class PictureTooLarge(PictureError):
    code = "too_large"


class PlanDoesNotFit(PipelineError):
    """The video has another shape than the still on which the seats were drawn: outlines would land elsewhere."""

    code = "plan_does_not_fit"


class CameraMoved(PipelineError):
    """The picture does not show what the seats were drawn on: outlines would lie over other pupils."""

    code = "camera_moved"


class RunCancelled(PipelineError):
    code = "cancelled"


class ModelMissing(PipelineError):
    code = "model_missing"


class ModelChanged(PipelineError):
    """A model file is not the one whose sha256 is pinned on the card."""

    code = "model_changed"


class ModelRefused(PipelineError):
    """A file is not taken for a model; whatever was installed before stays as it is."""

    code = "model_refused"


class WrongSum(ModelRefused):
    """Its sha256 is not the pinned one: another file, one cut off on the way, or one that was tampered with."""

    code = "wrong_sum"


class ModelTooLarge(ModelRefused):
    code = "model_too_large"


class NotAModel(ModelRefused):
    """It is no whole ONNX file."""

    code = "not_a_model"


class ModelAsksForMore(ModelRefused):
    """It wants other files or operators of its own."""

    code = "model_asks_for_more"


class ModelOfAnotherKind(ModelRefused):
    """Its inputs or outputs are not those of the layout it was given as."""

    code = "model_of_another_kind"


class ModelFailsTrial(ModelRefused):
    """It cannot be loaded or run, or not within its bounds."""

    code = "model_fails_trial"


class SourceError(PipelineError):
    """A file cannot be fetched from where it is said to be."""

    code = "source_error"


class SourceNotSecure(SourceError):
    """The address, or one it leads to, is no https one."""

    code = "source_not_secure"


class SourceUnreachable(SourceError):
    code = "source_unreachable"


class SourceTooSlow(SourceError):
    code = "source_too_slow"


MODEL_ERRORS: dict[str, type[ModelRefused]] = {
    error.code: error for error in (NotAModel, ModelAsksForMore, ModelTooLarge, ModelOfAnotherKind, ModelFailsTrial)
}

VIDEO_ERRORS: dict[str, type[VideoError]] = {
    error.code: error
    for error in (
        EmptyFile, NotAVideo, Truncated, Encrypted, NoVideoStream, UnsupportedCodec, TooLong, FrameTooLarge,
        Undecodable, DecoderCrashed, DecoderStalled,
    )
}  # fmt: skip
