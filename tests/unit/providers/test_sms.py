from providers.sms import acs3_signature, canonical_query


def test_the_query_is_sorted_and_quoted_as_rfc_3986_says() -> None:
    query = canonical_query({"B": "海滨 医院", "A": "a+b/c~d*", "C": '{"code":"012345"}'})
    assert query == (
        "A=a%2Bb%2Fc~d%2A&B=%E6%B5%B7%E6%BB%A8%20%E5%8C%BB%E9%99%A2&C=%7B%22code%22%3A%22012345%22%7D"
    )


def test_the_signature_covers_the_query_and_every_header() -> None:
    headers = {
        "host": "sms.example.org",
        "x-acs-action": "SendSms",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-date": "2026-11-23T09:00:00Z",
    }
    signed = {
        acs3_signature("secret", "A=1", headers),
        acs3_signature("other", "A=1", headers),
        acs3_signature("secret", "A=2", headers),
        acs3_signature("secret", "A=1", headers | {"x-acs-date": "2026-11-23T09:00:01Z"}),
    }
    assert len(signed) == 4
    assert all(len(one) == 64 for one in signed)
