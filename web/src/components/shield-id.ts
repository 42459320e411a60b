/** The id of the button that tells what had to be refused; there is one at most. */
export const SHIELD = 'shield';
