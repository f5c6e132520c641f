/** A QR code that the server drew, shown as a picture so that nothing in it can run; always dark on white. */
export function QrCode({ svg, label, size }: { svg: string; label: string; size?: 'big' }) {
  const side = size === 'big' ? 280 : 200
  return (
    <img
      className={size === 'big' ? 'qr big' : 'qr'}
      src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
      alt={label}
      width={side}
      height={side}
    />
  )
}
