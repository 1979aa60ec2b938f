package org.rigatino.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rigatino.identity.Identity;
import org.rigatino.identity.IdentityState;
import org.rigatino.patient.PatientValues;
import org.rigatino.patient.UnknownPatientValues;

/** Which of the studies that an archive lists are asked for beside one that is here. */
class EarlierChoiceTest {
    private static final EarlierChoice.Known NOTHING = new EarlierChoice.Known(Set.of(), Set.of(), Set.of());

    private static Identity here(String sex, String... modalities) {
        return new Identity(
                IdentityState.RECORDED,
                "DOE^JANE",
                "4711",
                "ST-ANNA",
                "19700101",
                null,
                sex,
                null,
                "20261120",
                null,
                null,
                null,
                List.of(modalities),
                List.of(),
                List.of(),
                List.of(),
                null);
    }

    private static ListedStudy listed(int number, int year, PatientValues patient, String... modalities) {
        return new ListedStudy(
                "1.2." + number,
                patient,
                "",
                Optional.of(LocalDate.of(year, 1, 1)),
                List.of(modalities),
                OptionalInt.empty());
    }

    private static PatientValues patient(String... values) {
        return new PatientValues(
                Arrays.stream(values).map(value -> value == null ? "" : value).toList());
    }

    private static PatientValues jane() {
        return patient("4711", "ST-ANNA", "DOE^JANE", "19700101", "F");
    }

    private static EarlierChoice choice(EarlierChoice.Known known, ListedStudy... listed) {
        return EarlierChoice.of(List.of(listed), here("F", "MR"), known, UnknownPatientValues.ACCEPT);
    }

    private static List<String> asked(EarlierChoice choice) {
        return choice.asked().stream().map(ListedStudy::studyInstanceUid).toList();
    }

    @Test
    void theLatestFewAreAskedForAndTheRestIsCounted() {
        EarlierChoice choice = choice(
                NOTHING,
                listed(1, 2021, jane(), "MR"),
                listed(2, 2025, jane(), "MR", "SR"),
                listed(3, 2023, jane()),
                listed(4, 2024, jane(), "MR"),
                listed(5, 2024, jane(), "CT"));
        assertThat(asked(choice)).containsExactly("1.2.2", "1.2.4", "1.2.3");
        assertThat(choice.told()).isEqualTo(new EarlierSearch(5, 3, 0, 0, 1, 1, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "4711, ST-ANNA, DOE^JANE, 19700101, F, 1, 0",
        "4711, ST-ANNA, DOE^JANE, 19700101, , 1, 0",
        "4711, ST-ANNA, DOE^JANE, 19700101, M, 0, 1",
        "4711, ST-ANNA, DOE^JANE, 19710101, F, 0, 1",
        "4711, ST-ANNA, DOE^JANE, , F, 0, 1",
        "4711, ST-ANNA, ROE^JANE, 19700101, F, 0, 1",
        "4711, ST-ANNA, , 19700101, F, 0, 1",
        "4711, ST-BEA, DOE^JANE, 19700101, F, 0, 0",
        "4711, , DOE^JANE, 19700101, F, 0, 0",
        "4712, ST-ANNA, DOE^JANE, 19700101, F, 0, 0"
    })
    void whatIsNotCertainToBeOfThePatientIsNotFetched(
            String id, String issuer, String name, String born, String sex, int asked, int uncertain) {
        EarlierChoice choice = choice(NOTHING, listed(1, 2025, patient(id, issuer, name, born, sex), "MR"));
        int otherId = "4711".equals(id) ? 0 : 1;
        assertThat(choice.told())
                .isEqualTo(
                        new EarlierSearch(1, asked, 0, 0, 0, 0, uncertain, otherId, 1 - asked - uncertain - otherId));
        assertThat(choice.asked()).hasSize(asked);
    }

    @Test
    void whereStudiesContradictEachOtherNoneIsFetched() {
        ListedStudy[] listed = {
            listed(1, 2025, patient("4711", "ST-ANNA", "DOE^JANE", "19700101", "F"), "MR"),
            listed(2, 2024, patient("4711", "ST-ANNA", "DOE^JANE", "19700101", "M"), "MR")
        };
        EarlierChoice choice =
                EarlierChoice.of(List.of(listed), here(null, "MR"), NOTHING, UnknownPatientValues.ACCEPT);
        assertThat(choice.told()).isEqualTo(new EarlierSearch(2, 0, 0, 0, 0, 0, 2, 0, 0));
    }

    @Test
    void whatIsHereOrOnItsWayIsNotAskedForAgain() {
        List<ListedStudy> listed = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            listed.add(listed(i, 2000 + i, jane(), "MR"));
        }
        EarlierChoice choice = choice(
                new EarlierChoice.Known(Set.of("1.2.7", "1.2.6", "1.2.1"), Set.of("1.2.6", "1.2.5"), Set.of()),
                listed.toArray(ListedStudy[]::new));
        assertThat(asked(choice)).containsExactly("1.2.4");
        assertThat(choice.told()).isEqualTo(new EarlierSearch(7, 1, 2, 2, 2, 0, 0, 0, 0));
    }

    /** Of one that failed a part may be here. */
    @Test
    void whatFailedIsAskedForAgainAndBehindWhatNobodyAskedFor() {
        EarlierChoice choice = choice(
                new EarlierChoice.Known(Set.of("1.2.4"), Set.of(), Set.of("1.2.4", "1.2.3")),
                listed(1, 2021, jane(), "MR"),
                listed(2, 2022, jane(), "MR"),
                listed(3, 2023, jane(), "MR"),
                listed(4, 2024, jane(), "MR"));
        assertThat(asked(choice)).containsExactly("1.2.2", "1.2.1", "1.2.4");
    }

    @Test
    void whatTheTrailSaysIsReadAsItWasWritten() {
        EarlierSearch told = new EarlierSearch(18, 3, 1, 2, 4, 2, 3, 1, 2);
        assertThat(EarlierSearch.of(told.toString())).contains(told);
        assertThat(EarlierSearch.of("15 found: 3 asked for, 1 on their way before, 2 here, 4 left for later,"
                        + " 2 of other modalities, 3 not certain to be of the patient"))
                .as("of before")
                .contains(new EarlierSearch(15, 3, 1, 2, 4, 2, 3, 0, 0));
        assertThat(EarlierSearch.of("nothing fetched: " + told)).isEmpty();
    }
}
