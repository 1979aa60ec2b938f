package org.rigatino.finding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A region's outline along the edges of its pixels, so that it encloses exactly their area: 0\0 is the corner of the image's
 * first pixel, columns\rows that of its last (PS3.3 C.18.6.1.2, C.10.5.1.2).
 *
 * @param loops column and row of each corner, the first again at the end: around the region first, then around each hole
 */
public record Outline(List<int[]> loops) {
    /** One corner after another of a closed line. */
    private static final class Corner {
        private final int x;
        private final int y;
        private Corner next;

        private Corner(int x, int y) {
            this.x = x;
            this.y = y;
        }
    }

    /** Right, down, left, up. */
    private static final int[][] STEPS = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

    /**
     * By label.
     *
     * @param labels rows*columns; pixels of one label touch each other, corners included
     */
    static Map<Integer, Outline> of(int[] labels, int rows, int columns) {
        // Which of the four steps have been taken from a corner, as bits.
        byte[] taken = new byte[(rows + 1) * (columns + 1)];
        Map<Integer, Outline> outlines = new HashMap<>();
        Grid grid = new Grid(labels, rows, columns);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int label = grid.at(x, y);
                boolean above = label != 0 && grid.at(x, y - 1) != label;
                if (above && (taken[y * (columns + 1) + x] & 1) == 0) {
                    // The first loop found of a label is the one around it: none of its pixels is further up.
                    outlines.computeIfAbsent(label, first -> new Outline(new ArrayList<>()))
                            .loops()
                            .add(grid.walk(x, y, label, taken));
                }
            }
        }
        return outlines;
    }

    private record Grid(int[] labels, int rows, int columns) {
        private int at(int x, int y) {
            return x < 0 || y < 0 || x >= columns || y >= rows ? 0 : labels[y * columns + x];
        }

        /** With the region on the right hand; where two of its pixels meet in a corner, from one to the other. */
        private int[] walk(int startX, int startY, int label, byte[] taken) {
            List<int[]> corners = new ArrayList<>();
            int x = startX;
            int y = startY;
            int direction = 0;
            do {
                taken[y * (columns + 1) + x] |= (byte) (1 << direction);
                corners.add(new int[] {x, y});
                x += STEPS[direction][0];
                y += STEPS[direction][1];
                direction = turn(x, y, direction, label);
            } while (x != startX || y != startY || direction != 0);
            corners.add(corners.get(0));
            return flat(corners);
        }

        private int turn(int x, int y, int direction, int label) {
            for (int turn : new int[] {3, 0, 1}) {
                int next = (direction + turn) % 4;
                if (right(x, y, next) == label && left(x, y, next) != label) {
                    return next;
                }
            }
            throw new IllegalStateException("an outline that does not close");
        }

        private int right(int x, int y, int direction) {
            return switch (direction) {
                case 0 -> at(x, y);
                case 1 -> at(x - 1, y);
                case 2 -> at(x - 1, y - 1);
                default -> at(x, y - 1);
            };
        }

        private int left(int x, int y, int direction) {
            return switch (direction) {
                case 0 -> at(x, y - 1);
                case 1 -> at(x, y);
                case 2 -> at(x - 1, y);
                default -> at(x - 1, y - 1);
            };
        }
    }

    private static int[] flat(List<int[]> corners) {
        int[] flat = new int[2 * corners.size()];
        for (int i = 0; i < corners.size(); i++) {
            flat[2 * i] = corners.get(i)[0];
            flat[2 * i + 1] = corners.get(i)[1];
        }
        return flat;
    }

    /** Each loop without corners on a straight line. */
    public List<int[]> polygons() {
        return loops.stream().map(Outline::straightened).toList();
    }

    /**
     * One closed polygon: from the line around the region to each hole and back on the same edges, so that its area is that
     * of the pixels.
     */
    public int[] polygon() {
        Map<Long, Corner> corners = new HashMap<>();
        Corner first = chain(loops.get(0), corners);
        List<int[]> holes = new ArrayList<>(loops.subList(1, loops.size()));
        for (int[] hole : holes) {
            bridge(hole, corners);
        }
        List<int[]> all = new ArrayList<>();
        Corner corner = first;
        do {
            all.add(new int[] {corner.x, corner.y});
            corner = corner.next;
        } while (corner != first);
        all.add(all.get(0));
        return straightened(flat(all));
    }

    /** A circle of corners; those known already keep their place in the map. */
    private static Corner chain(int[] loop, Map<Long, Corner> corners) {
        Corner first = new Corner(loop[0], loop[1]);
        Corner last = first;
        corners.putIfAbsent(key(first.x, first.y), first);
        for (int i = 2; i < loop.length - 2; i += 2) {
            last.next = new Corner(loop[i], loop[i + 1]);
            last = last.next;
            corners.putIfAbsent(key(last.x, last.y), last);
        }
        last.next = first;
        return first;
    }

    /**
     * From the hole's first corner, which no other of its corners is above or, in its row, left of, to the left until a
     * line that is there already.
     */
    private static void bridge(int[] hole, Map<Long, Corner> corners) {
        int from = leftmostOfTop(hole);
        int y = hole[from + 1];
        int x = hole[from];
        while (!corners.containsKey(key(x, y))) {
            x--;
        }
        Corner at = corners.get(key(x, y));
        Corner rest = at.next;
        int points = hole.length / 2 - 1;
        Corner last = at;
        for (int i = x + 1; i < hole[from]; i++) {
            last = last.next = new Corner(i, y);
        }
        for (int i = 0; i <= points; i++) {
            int point = (from / 2 + i) % points * 2;
            last = last.next = new Corner(hole[point], hole[point + 1]);
            corners.putIfAbsent(key(last.x, last.y), last);
        }
        for (int i = hole[from] - 1; i >= x; i--) {
            last = last.next = new Corner(i, y);
        }
        last.next = rest;
    }

    private static int leftmostOfTop(int[] loop) {
        int best = 0;
        for (int i = 2; i < loop.length - 2; i += 2) {
            boolean above = loop[i + 1] < loop[best + 1];
            if (above || loop[i + 1] == loop[best + 1] && loop[i] < loop[best]) {
                best = i;
            }
        }
        return best;
    }

    private static long key(int x, int y) {
        return (long) y << 32 | x;
    }

    private static int[] straightened(int[] loop) {
        List<int[]> kept = new ArrayList<>();
        int points = loop.length / 2 - 1;
        for (int i = 0; i < points; i++) {
            int before = 2 * ((i + points - 1) % points);
            int after = 2 * ((i + 1) % points);
            int x = loop[2 * i];
            int y = loop[2 * i + 1];
            boolean straight = Integer.signum(x - loop[before]) == Integer.signum(loop[after] - x)
                    && Integer.signum(y - loop[before + 1]) == Integer.signum(loop[after + 1] - y);
            if (!straight) {
                kept.add(new int[] {x, y});
            }
        }
        kept.add(kept.get(0));
        return flat(kept);
    }
}
