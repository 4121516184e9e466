import { FluxSecret } from '../flux';

/** What an automation signs its commits with. */
export class CommitSigningKey {
  /** A private OpenPGP key: `FluxSecret.gpgSigningKey(...)`, in the namespace of the automation. */
  public static gpg(secret: FluxSecret): CommitSigningKey {
    return new CommitSigningKey('gpg', secret);
  }

  /** A private SSH key: `FluxSecret.sshSigningKey(...)`, in the namespace of the automation. */
  public static ssh(secret: FluxSecret): CommitSigningKey {
    return new CommitSigningKey('ssh', secret);
  }

  private constructor(
    private readonly type: string,
    /** @internal */
    public readonly _secret: FluxSecret,
  ) {}

  /** @internal */
  public _toSpec(): any {
    return { type: this.type, secretRef: this._secret._toReference() };
  }
}
