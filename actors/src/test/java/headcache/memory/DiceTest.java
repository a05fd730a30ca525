package headcache.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import headcache.protocol.NodeId;
import headcache.slab.SlabConfig;
import headcache.step.StateBytes;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DiceTest {
    private static final long SEED = 1_234_567;

    /** What SplitMix64 gives for the seed, as published with it, modulo 1024. */
    private static final int[] ROLLS = {133, 933, 119, 831, 717};

    @Test
    void aRollOfAtMostTheRatioSaysRemote() {
        for (int i = 0; i < ROLLS.length; i++) {
            assertThat(throwNumber(i, ROLLS[i])).isTrue();
            assertThat(throwNumber(i, ROLLS[i] - 1)).isFalse();
        }
    }

    @Test
    void ratioZeroSaysNeverAndTheLargestAlways() {
        final Dice never = new Dice(0, SEED);
        final Dice always = new Dice(1024, SEED);
        assertThat(IntStream.range(0, 5000).filter(i -> never.saysRemote()).count())
                .isZero();
        assertThat(IntStream.range(0, 5000).filter(i -> always.saysRemote()).count())
                .isEqualTo(5000);
    }

    @Test
    void theDefaultSaysRemoteAsOftenAsTheKernelDoes() {
        final Dice dice = new Dice(NodeConfig.DEFAULT_RATIO, SEED);
        // 1,001 of 1,024: 97,754 of 100,000 on average, standard deviation 47. With 999 it were 97,587, with 1001
        // 97,786.
        assertThat(IntStream.range(0, 100_000).filter(i -> dice.saysRemote()).count())
                .isEqualTo(97_686);
    }

    @Test
    void aCopyRollsTheSame() {
        final Dice dice = new Dice(500, SEED);
        dice.saysRemote();
        final Dice copy = dice.copy();
        for (int i = 0; i < 100; i++) {
            assertThat(copy.saysRemote()).isEqualTo(dice.saysRemote());
        }
    }

    @Test
    void onlyRollsAndAnotherRatioChangeTheState() {
        final Dice dice = new Dice(500, SEED);
        final byte[] before = encoded(dice);
        dice.saysRemote();
        assertThat(encoded(dice)).isNotEqualTo(before);
        final Dice foregone = new Dice(1024, SEED);
        final byte[] always = encoded(foregone);
        foregone.saysRemote();
        assertThat(encoded(foregone)).isEqualTo(always);
        foregone.load(0);
        assertThat(foregone.saysRemote()).isFalse();
        assertThat(encoded(foregone)).isNotEqualTo(always).isEqualTo(encoded(new Dice(0, SEED)));
    }

    @Test
    void aRatioOutOfRangeIsRefused() {
        assertThatThrownBy(() -> config(1025))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("impossible slab: remoteNodeDefragRatio=1025 must be 0 to 1024, at=node-0");
        assertThatThrownBy(() -> config(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static NodeConfig config(int ratio) {
        return new NodeConfig(new NodeId(0), ZoneLists.single(), SlabConfig.LARGEST, SlabConfig.LARGEST, ratio, SEED);
    }

    private static boolean throwNumber(int number, int ratio) {
        final Dice dice = new Dice(ratio, SEED);
        for (int i = 0; i < number; i++) {
            dice.saysRemote();
        }
        return dice.saysRemote();
    }

    private static byte[] encoded(Dice dice) {
        final StateBytes bytes = new StateBytes();
        dice.encode(bytes);
        return bytes.toArray();
    }
}
