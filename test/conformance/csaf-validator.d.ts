declare module '@secvisogram/csaf-validator-lib/*'
