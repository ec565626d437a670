from media.speaker import Speakers, Voice

MS = 1_000_000


def speak(speakers: Speakers, start_ms: int, levels: dict[str, int], length_ms: int = 1000) -> None:
    for participant in levels.keys() - speakers.voices.keys():
        speakers.join(participant, Voice())
    for at in range(start_ms, start_ms + length_ms, 20):
        for participant, level in levels.items():
            speakers.voices[participant].add(level, at * MS)


def test_nobody_spoke_yet() -> None:
    speakers = Speakers()
    speak(speakers, 0, {"doctor": 127, "patient": 60})
    assert speakers.current(1000 * MS) is None


def test_who_is_louder_speaks() -> None:
    speakers = Speakers()
    speak(speakers, 0, {"doctor": 25, "patient": 45})
    assert speakers.current(1000 * MS) == "doctor"


def test_the_word_passes_on_and_stays_through_silence() -> None:
    speakers = Speakers()
    speak(speakers, 0, {"doctor": 25, "patient": 90})
    assert speakers.current(1000 * MS) == "doctor"
    speak(speakers, 1000, {"doctor": 90, "patient": 90}, 5000)
    assert speakers.current(6000 * MS) == "doctor"
    speak(speakers, 6000, {"doctor": 90, "patient": 30})
    assert speakers.current(7000 * MS) == "patient"


def test_a_cough_does_not_take_the_word() -> None:
    speakers = Speakers()
    speak(speakers, 0, {"doctor": 25, "patient": 90})
    assert speakers.current(1000 * MS) == "doctor"
    speak(speakers, 1000, {"doctor": 25, "patient": 15}, 60)
    assert speakers.current(1060 * MS) == "doctor"


def test_who_is_muted_or_gone_does_not_speak() -> None:
    speakers = Speakers()
    speak(speakers, 0, {"doctor": 20})
    speak(speakers, 1000, {"patient": 40}, 2000)
    assert speakers.current(3000 * MS) == "patient"
    speakers.forget("patient")
    assert speakers.current(3000 * MS) is None
