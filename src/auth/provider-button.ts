/** How a provider wants its sign-in button to look, by its brand rules. */
export interface ProviderButton {
  /** Its mark: an inline SVG of ours to the provider's shape and colours. */
  mark: string;
  /** Colours for light pages, and for dark ones. */
  light: ButtonColours;
  dark: ButtonColours;
}

interface ButtonColours {
  background: string;
  text: string;
  border: string;
}
