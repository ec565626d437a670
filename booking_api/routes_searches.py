"""The auditor's part of the table of operations: searching texts, sampling, counting."""

from booking_api import completeness, keyword_searching, sampling
from booking_api import models_searches as models
from booking_api import queries_searches as queries
from booking_api.route import Route
from domain.completeness import CompletenessList
from domain.errors import Code
from domain.permissions import Action

ROUTES: tuple[Route, ...] = (
    Route(
        "GET", "/api/archive/patients", keyword_searching.find_patients, "Patients to search for, by name",
        (Action.ARCHIVE_SEARCH,), models.FoundPatients,
        query=queries.PatientsQuery,
    ),
    Route(
        "POST", "/api/archive/keyword-searches", keyword_searching.begin_keyword_search,
        "Look for a word in the texts of a patient, a doctor or at most 31 days",
        (Action.ARCHIVE_KEYWORD_SEARCH,), models.KeywordSearchView, 201,
        body=models.NewKeywordSearch,
        codes=(Code.ARCHIVE_TOO_WIDE, Code.ARCHIVE_SEARCHES_RUNNING, Code.NOT_FOUND),
    ),
    Route(
        "GET", "/api/archive/keyword-searches", keyword_searching.list_keyword_searches,
        "Searches of texts, newest first", (Action.ARCHIVE_KEYWORD_LIST,), models.KeywordSearches,
    ),
    Route(
        "GET", "/api/archive/keyword-searches/{id}", keyword_searching.read_keyword_search,
        "One search and how far it is", (Action.ARCHIVE_KEYWORD_LIST,), models.KeywordSearchView,
        thing="search",
    ),
    Route(
        "POST", "/api/archive/keyword-searches/{id}/cancel", keyword_searching.cancel_keyword_search,
        "Stop an own search", (Action.ARCHIVE_KEYWORD_CANCEL,), status=204,
        codes=(Code.ARCHIVE_SEARCH_WRONG_STATE,),
        thing="search",
    ),
    Route(
        "GET", "/api/archive/keyword-searches/{id}/hits", keyword_searching.read_keyword_hits,
        "Where an own search found its word, with the texts as they are now", (Action.ARCHIVE_KEYWORD_READ,),
        models.KeywordHits,
        query=queries.HitsQuery,
        codes=(Code.ARCHIVE_SEARCH_WRONG_STATE,),
        thing="search",
    ),
    Route(
        "POST", "/api/archive/samples", sampling.draw_sample, "Draw a sample that anybody can draw again",
        (Action.ARCHIVE_SAMPLE_DRAW,), models.SampleSummary, 201,
        body=models.NewSample,
        codes=(Code.ARCHIVE_TOO_WIDE, Code.NOT_FOUND),
    ),
    Route(
        "GET", "/api/archive/samples", sampling.list_samples, "Samples, newest first",
        (Action.ARCHIVE_SAMPLE_READ,), models.Samples,
        query=queries.SamplesQuery,
    ),
    Route(
        "GET", "/api/archive/samples/{id}", sampling.read_sample, "A sample and its reviews",
        (Action.ARCHIVE_SAMPLE_READ,), models.SampleView,
        thing="sample",
    ),
    Route(
        "GET", "/api/archive/samples/{id}/population", sampling.read_sample_population,
        "The ids that a draw repeated today starts from", (Action.ARCHIVE_SAMPLE_READ,),
        models.SamplePopulation,
        thing="sample",
    ),
    Route(
        "POST", "/api/archive/samples/{id}/reviews", sampling.review_sampled,
        "Mark a sampled record as reviewed", (Action.ARCHIVE_SAMPLE_REVIEW,), status=204,
        body=models.NewSampleReview,
        thing="sample",
    ),
    Route(
        "GET", "/api/archive/completeness", completeness.read_completeness,
        "Whether the archive is complete, in figures", (Action.ARCHIVE_COMPLETENESS,), models.Completeness,
        query=queries.CompletenessQuery,
        codes=(Code.ARCHIVE_TOO_WIDE, Code.ARCHIVE_TOO_SLOW),
    ),
    Route(
        "GET", "/api/archive/completeness/{id}", completeness.list_completeness,
        "The consultations that a figure counts", (Action.ARCHIVE_COMPLETENESS,), models.ListedRecords,
        query=queries.RecordsQuery,
        codes=(Code.ARCHIVE_TOO_WIDE, Code.ARCHIVE_TOO_SLOW),
        thing="figure", id_kind="word", words=tuple(CompletenessList),
    ),
)  # fmt: skip
