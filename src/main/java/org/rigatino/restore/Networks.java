package org.rigatino.restore;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rigatino.network.ImageBlock;
import org.rigatino.network.Waiting;
import org.rigatino.network.autoencoder.Autoencoder;
import org.rigatino.network.proxyano.ProxyAno;
import org.rigatino.network.proxyano.ProxyAnoShape;
import org.rigatino.network.sagan.Critic;
import org.rigatino.network.sagan.Generator;
import org.rigatino.network.sagan.GeneratorShape;
import org.rigatino.network.sagan.Position;
import org.rigatino.network.sagan.Reader;

/**
 * The methods that a release may be of, and the networks that their sizes make.
 *
 * <ul>
 *   <li>{@code sagan}: {@code width} channels after the stem, {@code patch} side of the patches that the grid is cut
 *       into, {@code position} the code of a {@link Position}, {@code gate} 1, or 0 for a network whose skips pass ungated
 *   <li>{@code proxyano}: {@code width} channels after either stem, {@code memory} slots, {@code shrinkage} of the
 *       addressing in percent of the mean weight, {@code sharpness} of the addressing
 *   <li>{@code autoencoder}: {@code width} channels after the first convolution, {@code latent} numbers for an image
 *   <li>{@code waiting}: {@code milliseconds} for each image; no network at all but a stand-in for a GPU that benchmarks
 *       make, refused unless the system property {@value #STAND_IN} is {@code true}
 *   <li>{@code torchscript}: none; the network was made elsewhere, and its file says all of it
 *   <li>any but the last: {@code critic} width of the critic that the release carries, absent where it carries none
 * </ul>
 */
public final class Networks {
    public static final String SAGAN = "sagan";
    public static final String PROXYANO = "proxyano";
    public static final String AUTOENCODER = "autoencoder";
    public static final String TORCHSCRIPT = "torchscript";
    public static final String WAITING = "waiting";
    /** System property without which a release of method {@value #WAITING} is refused. */
    public static final String STAND_IN = "rigatino.bench.stand-in";
    /** The size that a release with a critic has. */
    public static final String CRITIC = "critic";

    private static final Map<String, Set<String>> SIZES = Map.of(
            SAGAN, Set.of("width", "patch", "position", "gate"),
            PROXYANO, Set.of("width", "memory", "shrinkage", "sharpness"),
            AUTOENCODER, Set.of("width", "latent"),
            WAITING, Set.of("milliseconds"),
            TORCHSCRIPT, Set.of());

    private Networks() {}

    /** The file of a release that holds what draws. */
    static String weightsFile(String method) {
        return method.equals(TORCHSCRIPT) ? ModelRelease.SCRIPT_FILE : ModelRelease.WEIGHTS_FILE;
    }

    /** @throws IllegalArgumentException where there is no such network on such a grid */
    public static void require(String method, ReleaseFile.Network network, int side) {
        if (method.equals(TORCHSCRIPT)) {
            if (!network.equals(ReleaseFile.Network.single(Map.of()))) {
                throw new IllegalArgumentException("network of method " + method + " is " + network
                        + ": it has no sizes, one member, and the precision FLOAT32");
            }
            return;
        }
        drawing(method, network, side);
        if (network.sizes().containsKey(CRITIC)) {
            critic(network, side);
        }
    }

    /**
     * What draws, without weights yet.
     *
     * @param side of the grid
     * @throws IllegalArgumentException where method or sizes are not known, or the method is {@code torchscript}
     */
    public static ImageBlock drawing(String method, ReleaseFile.Network network, int side) {
        requireSizes(method, network);
        return switch (method) {
            case SAGAN -> new Generator(generatorShape(network, side));
            case PROXYANO ->
                new ProxyAno(new ProxyAnoShape(
                        network.size("width"),
                        side,
                        network.size("memory"),
                        network.size("shrinkage"),
                        network.size("sharpness")));
            case AUTOENCODER -> new Autoencoder(network.size("width"), side, network.size("latent"));
            case WAITING -> standIn(network);
            case TORCHSCRIPT -> throw new IllegalArgumentException("a TorchScript network comes whole, in its file");
            default -> throw new IllegalStateException(method + " has sizes but no network");
        };
    }

    /**
     * What reads images and drawings together, without weights yet.
     *
     * @param side of the grid
     * @throws IllegalArgumentException where there is no such network on such a grid
     */
    public static Reader reader(ReleaseFile.Network network, int side) {
        if (!network.sizes().keySet().equals(SIZES.get(SAGAN))) {
            throw new IllegalArgumentException("the reader's network has the sizes "
                    + network.sizes().keySet() + ": it needs " + new TreeSet<>(SIZES.get(SAGAN)));
        }
        return new Reader(generatorShape(network, side));
    }

    private static ImageBlock standIn(ReleaseFile.Network network) {
        if (!Boolean.getBoolean(STAND_IN)) {
            throw new IllegalArgumentException(
                    "a release of method " + WAITING
                            + " restores nothing: it is a benchmark's stand-in for a GPU. Move it out of the models' directory");
        }
        return new Waiting(network.size("milliseconds"));
    }

    private static void requireSizes(String method, ReleaseFile.Network network) {
        Set<String> needed = SIZES.get(method);
        if (needed == null) {
            throw new IllegalArgumentException(
                    "method " + method + " is not known: it is one of " + new TreeSet<>(SIZES.keySet()));
        }
        Set<String> named = new TreeSet<>(network.sizes().keySet());
        named.remove(CRITIC);
        if (!named.equals(needed)) {
            throw new IllegalArgumentException(
                    "network of method " + method + " has the sizes " + named + ": it needs " + new TreeSet<>(needed));
        }
    }

    private static GeneratorShape generatorShape(ReleaseFile.Network network, int side) {
        return new GeneratorShape(
                network.size("width"),
                side,
                network.size("patch"),
                Position.of(network.size("position")),
                network.size("gate") != 0);
    }

    /** What judges, without weights yet. */
    public static ImageBlock critic(ReleaseFile.Network network, int side) {
        if (side % Critic.FACTOR != 0) {
            throw new IllegalArgumentException(
                    "a critic needs a grid that is a multiple of " + Critic.FACTOR + " cells: this one has " + side);
        }
        return new Critic(network.size(CRITIC));
    }
}
