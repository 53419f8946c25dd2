package control

import "net"

// sameUserListener drops connections of other users without a word.
type sameUserListener struct{ net.Listener }

// Accept returns the next connection of this user.
func (l sameUserListener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if unixConn, ok := conn.(*net.UnixConn); ok && sameUser(unixConn) {
			return conn, nil
		}
		_ = conn.Close()
	}
}
