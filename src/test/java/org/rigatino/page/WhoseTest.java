package org.rigatino.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhoseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "Yamada^Tarou=山田^太郎=やまだ^たろう | Yamada, Tarou (山田 太郎, やまだ たろう)",
                "Adams^John Robert Quincy^^Rev.^B.A. M.Div. | Adams, John Robert Quincy Rev. B.A. M.Div.",
                "=山田^太郎 | 山田 太郎",
                "^Jane | Jane",
                "Doe | Doe",
                "== | null",
                "^^^ | null"
            })
    void aNameIsWrittenFamilyFirstWithAllItsGroups(String name, String written) {
        assertThat(Whose.forPeople(name)).isEqualTo(written);
    }
}
