package org.rigatino.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private record Row(long id, String key) {}

    /** Rows that are taken off the list once they are acknowledged; keys that begin with {@code stuck} never are. */
    private static final class Board implements Publication.Topic<Row>, Publication.Pages<Row> {
        private final TreeMap<Long, Row> rows = new TreeMap<>();
        private final List<Long> sent = new ArrayList<>();
        private String trouble = "silent";

        Board(Row... rows) {
            for (Row row : rows) {
                this.rows.put(row.id(), row);
            }
        }

        @Override
        public List<Row> after(long id) {
            return rows.tailMap(id, false).values().stream().limit(3).toList();
        }

        @Override
        public CompletionStage<?> send(Row row) {
            sent.add(row.id());
            if (!row.key().startsWith("stuck")) {
                return CompletableFuture.completedFuture(null);
            }
            return switch (trouble) {
                case "silent" -> new CompletableFuture<>();
                case "fails" -> CompletableFuture.failedFuture(new IllegalStateException("no leader"));
                default -> throw new IllegalStateException("buffer is full");
            };
        }

        @Override
        public void acknowledged(Row row) {
            rows.remove(row.id());
        }

        private Publication<Row> publication() {
            return new Publication<>("topic", Row::id, Row::key, this, Duration.ofMillis(100));
        }
    }

    /** The first pages are all of a partition that is out of reach. */
    @ParameterizedTest
    @ValueSource(strings = {"silent", "fails", "throws"})
    void whatIsStuckHoldsUpNoOther(String trouble) {
        Board board = new Board(
                new Row(1, "stuck1"),
                new Row(2, "stuck2"),
                new Row(3, "stuck3"),
                new Row(4, "stuck4"),
                new Row(5, "a"),
                new Row(6, "stuck5"),
                new Row(7, "b"));
        board.trouble = trouble;
        Publication<Row> publication = board.publication();
        publication.round(board);
        assertThat(board.rows).containsOnlyKeys(1L, 2L, 3L, 4L, 6L);
        board.sent.clear();
        board.rows.put(8L, new Row(8, "c"));
        publication.round(board);
        assertThat(board.sent).as("what has just failed is passed over").containsExactly(8L);
    }

    @Test
    void ofOneKeyTheOrderIsKept() {
        Board board = new Board(new Row(1, "a"), new Row(2, "stuck"), new Row(3, "a"), new Row(4, "stuck"));
        Publication<Row> publication = board.publication();
        publication.round(board);
        assertThat(board.sent).containsExactly(1L, 2L);
        publication.round(board);
        assertThat(board.sent).containsExactly(1L, 2L, 3L);
        assertThat(board.rows).containsOnlyKeys(2L, 4L);
    }
}
