import { IConstruct } from 'constructs';
import { FluxSecret } from '../flux';
import { constructError } from '../format';

/** An identity that may sign, as its certificate names it. */
export interface SignatureIdentity {
  /** Regular expression (of Go) for the issuer of the token, such as `^https://token.actions.githubusercontent.com$`. Without `^` and `$` a part of it is enough. */
  readonly issuer: string;

  /** Regular expression (of Go) for the subject, such as `^https://github.com/team/shop/.*$`. Without `^` and `$` a part of it is enough. */
  readonly subject: string;
}

/** What verification without keys takes. */
export interface KeylessVerificationOptions {
  /**
   * Who may sign; one that matches is enough. Not known to the chart of a HelmRelease.
   *
   * @default - nobody in particular
   */
  readonly matchOIDCIdentity?: SignatureIdentity[];

  /**
   * The trusted root of a Sigstore instance of one's own. Known to an OCIRepository only.
   *
   * @default - the public instance
   */
  readonly trustedRootSecret?: FluxSecret;
}

/** How Flux verifies who signed an OCI artifact or a chart in a registry: what nobody of these signed is not taken over. */
export class SignatureVerification {
  /** Signed with Cosign, by the owner of one of the public keys in a Secret. */
  public static cosign(secret: FluxSecret): SignatureVerification {
    return new SignatureVerification('cosign', required('cosign', secret, 'cosignKeys'));
  }

  /** Signed with Cosign without a key: a certificate of Sigstore says who it was. Name the identities, or the signature of anybody may do. */
  public static cosignKeyless(options: KeylessVerificationOptions = {}): SignatureVerification {
    return new SignatureVerification('cosign', undefined, options);
  }

  /** Signed with Notation, as the trust policy and the certificates in a Secret ask for. */
  public static notation(secret: FluxSecret): SignatureVerification {
    return new SignatureVerification('notation', required('notation', secret, 'notationTrust'));
  }

  private constructor(
    private readonly provider: string,
    /** @internal */
    public readonly _secret?: FluxSecret,
    private readonly keyless: KeylessVerificationOptions = {},
  ) {}

  /** @internal */
  public get _trustedRootSecret(): FluxSecret | undefined {
    return this.keyless.trustedRootSecret;
  }

  /**
   * Refuses what a kind has no field for.
   *
   * @param known of `matchOIDCIdentity` and `trustedRootSecret` those that the kind knows
   * @internal
   */
  public _requireKnown(construct: IConstruct, kind: string, known: readonly string[]): void {
    for (const [option, value] of Object.entries(this.keyless)) {
      if (value !== undefined && !known.includes(option)) {
        throw constructError(construct, `the verification of a ${kind} knows no '${option}'`, 'Leave it out, or read the chart by an OCIRepository');
      }
    }
  }

  /** @internal */
  public _toSpec(): any {
    return {
      provider: this.provider,
      secretRef: this._secret?._toReference(),
      matchOIDCIdentity: this.keyless.matchOIDCIdentity?.map(({ issuer, subject }) => ({ issuer, subject })),
      trustedRootSecretRef: this.keyless.trustedRootSecret?._toReference(),
    };
  }
}

function required(factory: string, secret: FluxSecret, layout: string): FluxSecret {
  if (!secret) {
    // Without it Flux would take `cosign` to mean verification without keys.
    throw new Error(`SignatureVerification.${factory}: there is no Secret. Give 'FluxSecret.${layout}(...)'.`);
  }
  return secret;
}
