package headcache.nic;

import java.math.BigInteger;

/**
 * The hash by which a NIC tells flows apart, so that all frames of one go to one queue: receive-side scaling.
 *
 * <p>Each bit of the input that is set adds (XOR) the 32 bits of the key that begin at its place. The input are the
 * addresses and, for TCP, the ports, source before destination, as they stand in the frame. As Microsoft's "RSS
 * Hashing Functions" has it, whose verification suite is a test here.
 */
public final class Toeplitz {
    /** The longest input, in bytes: two addresses of IPv6 and two ports. */
    public static final int LONGEST_INPUT = 36;

    private static final int BYTE = 0xff;
    private static final int FIRST_BIT = 0x80;
    private static final int HASH_BITS = 32;

    /** The key of Microsoft's verification suite. Kernels draw one when they boot, unless a driver has its own. */
    private static final byte[] USUAL_KEY = {
        0x6d,
        0x5a,
        0x56,
        (byte) 0xda,
        0x25,
        0x5b,
        0x0e,
        (byte) 0xc2,
        0x41,
        0x67,
        0x25,
        0x3d,
        0x43,
        (byte) 0xa3,
        (byte) 0x8f,
        (byte) 0xb0,
        (byte) 0xd0,
        (byte) 0xca,
        0x2b,
        (byte) 0xcb,
        (byte) 0xae,
        0x7b,
        0x30,
        (byte) 0xb4,
        0x77,
        (byte) 0xcb,
        0x2d,
        (byte) 0xa3,
        (byte) 0x80,
        0x30,
        (byte) 0xf2,
        0x0c,
        0x6a,
        0x42,
        (byte) 0xb7,
        0x3b,
        (byte) 0xbe,
        (byte) 0xac,
        0x01,
        (byte) 0xfa
    };

    /** The hash with the key of the verification suite. */
    public static final Toeplitz USUAL = new Toeplitz(USUAL_KEY);

    /** By place and value of a byte of the input: what it adds. */
    private final int[][] added;

    /**
     * The hash with {@code key}.
     *
     * @throws IllegalArgumentException if the key is too short for the longest input: it must have 40 bytes
     */
    public Toeplitz(byte[] key) {
        if (key.length < LONGEST_INPUT + Integer.BYTES) {
            throw new IllegalArgumentException(
                    "key too short: bytes=" + key.length + " must be " + (LONGEST_INPUT + Integer.BYTES) + " or more");
        }
        final BigInteger bits = new BigInteger(1, key);
        final int past = Byte.SIZE * key.length - HASH_BITS;
        added = new int[LONGEST_INPUT][BYTE + 1];
        for (int place = 0; place < LONGEST_INPUT; place++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                final int window =
                        bits.shiftRight(past - Byte.SIZE * place - bit).intValue();
                add(window, added[place], FIRST_BIT >> bit);
            }
        }
    }

    private static void add(int window, int[] byValue, int bit) {
        for (int value = 0; value <= BYTE; value++) {
            if ((value & bit) != 0) {
                byValue[value] ^= window;
            }
        }
    }

    /**
     * The hash of {@code input}.
     *
     * @throws IllegalArgumentException if it is longer than {@value #LONGEST_INPUT} bytes
     */
    public int hash(byte[] input) {
        if (input.length > LONGEST_INPUT) {
            throw new IllegalArgumentException(
                    "input too long: bytes=" + input.length + " must be " + LONGEST_INPUT + " or fewer");
        }
        int hash = 0;
        for (int place = 0; place < input.length; place++) {
            hash ^= added[place][input[place] & BYTE];
        }
        return hash;
    }

    /** The hash of the addresses of a frame of IPv4. */
    public int ofIpv4(int source, int destination) {
        return word(0, source) ^ word(Integer.BYTES, destination);
    }

    /** The hash of the addresses and ports of a frame of TCP over IPv4. */
    public int ofTcp(int source, int destination, int sourcePort, int destinationPort) {
        return ofIpv4(source, destination) ^ word(2 * Integer.BYTES, (sourcePort << Short.SIZE) | destinationPort);
    }

    private int word(int place, int word) {
        int sum = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            sum ^= added[place + i][(word >>> (Byte.SIZE * (Integer.BYTES - 1 - i))) & BYTE];
        }
        return sum;
    }
}
