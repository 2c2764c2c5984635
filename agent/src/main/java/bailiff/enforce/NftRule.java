package bailiff.enforce;

/**
 * A rule of our table as the kernel knows it.
 *
 * @param chain the chain that it stands in
 * @param handle its number, never used again while the table stands
 */
record NftRule(String chain, long handle) {}
