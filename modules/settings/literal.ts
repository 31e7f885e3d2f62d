/** Terraform reads `${` and `%{` in any text as the beginning of an expression; in this one it is none. */
export const literal = (text: string) => text.replaceAll(/[$%](?=\{)/g, '$&$&');
